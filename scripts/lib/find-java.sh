# Sets JAVA_HOME to a JDK 25 or newer: the one that JAVA_HOME names, the one on the PATH, or one in the usual places.
# Sourced, never run. $1 is `jdk` where a compiler is needed, `jre` where running is enough.

copperline_java_release() {
    # JAVA_VERSION="25.0.3" in the `release` file tells without starting a VM.
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

copperline_find_java() {
    local need=java candidate release
    [ "${1:-jdk}" = jdk ] && need=javac
    local on_path
    on_path=$(command -v "$need" 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" /opt/java/openjdk /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$candidate" ] && [ -x "$candidate/bin/$need" ] || continue
        release=$(copperline_java_release "$candidate")
        if [ "${release:-0}" -ge 25 ]; then
            export JAVA_HOME="$candidate"
            return 0
        fi
    done
    echo "Copperline needs a JDK 25 or newer: install one (https://adoptium.net, or your system's openjdk-25-jdk), or set JAVA_HOME to it." >&2
    return 1
}
