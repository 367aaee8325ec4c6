cd
cat > api/Dockerfile <<'END'
FROM python:3.11-slim
WORKDIR /srv
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY harbour harbour
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "harbour.wsgi"]
END
docker build --quiet --tag harbour-api api
