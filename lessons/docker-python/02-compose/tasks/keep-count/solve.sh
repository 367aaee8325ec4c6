cd ~/visits
cat >> compose.yaml <<'END'
    volumes:
      - numbers:/data
volumes:
  numbers:
END
docker compose up --detach
curl -s --retry 9 --retry-all-errors localhost:{{web_port}}
docker compose down
docker compose up --detach
curl -s --retry 9 --retry-all-errors localhost:{{web_port}}
