sed -i '/^spellout:/s/?/environment/; /^pip:/s/?/environment/' who.txt
sed -i '/^interpreter:/s/?/computer/; /^json:/s/?/computer/; /^database:/s/?/computer/; /^kernel:/s/?/computer/' who.txt
cat who.txt
