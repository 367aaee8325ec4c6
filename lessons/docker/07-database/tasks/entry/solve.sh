docker exec db redis-cli set berth {{berth}}
