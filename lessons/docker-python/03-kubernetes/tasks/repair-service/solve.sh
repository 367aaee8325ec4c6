sed -i 's/app: shop-web/app: shop/; s/8080/80/' ~/shop/service.yaml
