package io.copperline.gateway.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A browser of a {@link Stage}. */
interface TestBrowser extends AutoCloseable {
    /**
     * A new tab, in a session of its own.
     *
     * @param scripts run before any of the page's own, behind the recorder
     */
    TestTab tab(URI address, String... scripts);

    /** Errors that no code of its pages caught. */
    List<String> complaints();

    /** Leaves a picture of each tab, {@code NAME-0.png} and so on. */
    void pictures(Path directory, String name);

    /** Closes all tabs as a person would: each may still say good-bye. */
    void closeTabs();

    @Override
    void close();
}
