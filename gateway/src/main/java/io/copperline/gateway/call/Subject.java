package io.copperline.gateway.call;

/** What has limits. */
record Subject(Kind kind, String name) {
    enum Kind {
        /** Its calls out. */
        TRUNK("trunk"),
        /** A trunk's calls in and out together. */
        CHANNELS("trunk"),
        /** A rule for calls out. */
        ROUTE("route"),
        /** A rule for calls in. */
        INBOUND_ROUTE("route"),
        USER("user");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** As metrics spell it. */
        String wireName() {
            return wireName;
        }
    }

    static Subject channelsOf(String trunk) {
        return new Subject(Kind.CHANNELS, trunk);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case USER -> "this user";
            case TRUNK, CHANNELS -> "trunk " + name;
            case ROUTE, INBOUND_ROUTE -> "the rule of " + name;
        };
    }
}
