cd ~/visits
cat > compose.yaml <<'END'
services:
  web:
    build: .
    ports:
      - "{{web_port}}:8000"
  cache:
    image: redis:7
END
docker compose up --detach
