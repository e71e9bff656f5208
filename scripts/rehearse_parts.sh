# What Compose would do with the image's parts, inside it: start them, wait until they are well, end them.
# Run by scripts/rehearse.sh as `sh -s`.
# shellcheck shell=sh
set -eu

python manage.py migrate --noinput --verbosity 0
python manage.py load_registers
python manage.py load_indicators
python manage.py load_measure_types

gunicorn samverkan.wsgi "--bind=127.0.0.1:$PORT" --worker-tmp-dir=/dev/shm --no-control-socket &
web=$!
celery -A samverkan worker --pool=prefork --concurrency=2 --loglevel=WARNING &
worker=$!
celery -A samverkan beat --loglevel=WARNING --pidfile= &
beat=$!

for part in web worker beat; do
    tries=0
    until python scripts/healthy.py "$part" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" = 30 ]; then
            echo "$part did not become healthy" >&2
            kill -KILL "$web" "$worker" "$beat"
            exit 1
        fi
        sleep 1
    done
    echo "$part: healthy"
done

kill -TERM "$web" "$worker" "$beat"
wait "$web" && wait "$worker" && wait "$beat"
echo "all three ended when asked to"
