harbour/bin/crane
