# store and domain tests on a real MariaDB and Redis
