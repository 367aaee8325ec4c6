import socket

# A database server such as PostgreSQL listens at this address.
socket.create_connection(("127.0.0.1", 5432))
print("The database answers.")
