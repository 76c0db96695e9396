package io.copperline.gateway.call;

/** What has limits. */
record Subject(Kind kind, String name) {
    enum Kind {
        TRUNK,
        ROUTE,
        USER
    }

    @Override
    public String toString() {
        return kind == Kind.USER ? "this user" : (kind == Kind.TRUNK ? "trunk " : "the rule of ") + name;
    }
}
