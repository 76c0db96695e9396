#!/bin/sh
# Chromium in a network of its own, where nothing is but its loopback, and on that these ports of the machine's:
tcp='@tcp@'
udp='@udp@'
cd '@directory@' || exit 1

# The pipes 3 and 4 are Chromium's; whoever keeps one open keeps Chromium's end from being seen.
forward() {
    socat "$1" "$2" 3<&- 4>&- &
    ways="$ways $!"
}

ways=
if [ "$1" != inside ]; then
    for port in $tcp; do
        forward "UNIX-LISTEN:$port.tcp,fork" "TCP:127.0.0.1:$port"
    done
    # Type 5, SOCK_SEQPACKET, keeps datagrams apart.
    for port in $udp; do
        forward "UNIX-LISTEN:$port.udp,type=5,fork" "UDP:127.0.0.1:$port"
    done
    # Root may have a network of its own; everybody else may in a user namespace.
    [ "$(id -u)" -eq 0 ] && user= || user=--map-root-user
    unshare --net $user "$0" inside "$@"
    code=$?
else
    shift
    ip link set lo up
    for port in $tcp; do
        forward "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr" "UNIX-CONNECT:$port.tcp"
    done
    for port in $udp; do
        forward "UDP-LISTEN:$port,bind=127.0.0.1,fork" "UNIX-CONNECT:$port.udp,type=5"
        echo $! >"$port.pid"
    done
    '@chromium@' "$@"
    code=$?
fi
kill $ways 2>/dev/null
rm -f ./*.tcp ./*.udp
exit $code
