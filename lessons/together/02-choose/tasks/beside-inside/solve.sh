echo 'rented-server: inside' > plan.txt
echo 'own-server-with-old-windows-program: beside' >> plan.txt
echo 'own-linux-laptop-with-a-web-service: docker' >> plan.txt
cat plan.txt
