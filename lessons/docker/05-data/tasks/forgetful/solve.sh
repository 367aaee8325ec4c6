cd
sed -i 's|counts:/date|counts:/data|' counter/visit
counter/visit
counter/visit
counter/visit
