unshare -r --uts sh -c 'hostname {{berth}}; hostname' > name.txt
