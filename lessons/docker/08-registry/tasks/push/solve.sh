cd
docker build -t tide-table:1.0 tide-table
docker tag tide-table:1.0 localhost:5000/tide-table:1.0
docker push localhost:5000/tide-table:1.0
