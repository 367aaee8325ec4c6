cd
team/publish
sed -i 's|^docker tag.*|docker tag notice:1.0 localhost:5000/notice:1.0|' team/publish
sed -i 's|^docker push.*|docker push localhost:5000/notice:1.0|' team/publish
team/publish
