package io.copperline.gateway.it;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A browser and an empty page, for tests without a gateway.
 *
 * @param here this machine's address, as the browser reaches it
 * @param network what ends after the browser
 */
record Site(TestBrowser browser, EmptyPage page, InetAddress here, List<Namespace> network) implements AutoCloseable {
    /**
     * One with Chromium, then one with Firefox, each opened when it is asked for.
     *
     * @param directory where browsers may leave files
     */
    static Stream<Site> ofEachBrowser(Path directory) {
        return Stream.<Supplier<Site>>of(Site::chromium, () -> firefox(directory))
                .map(Supplier::get);
    }

    private static Site chromium() {
        InetAddress here = InetAddress.getLoopbackAddress();
        return new Site(new Chrome(), new EmptyPage(here), here, List.of());
    }

    private static Site firefox(Path directory) {
        Namespace namespace = Namespace.open();
        InetAddress here = InetAddress.ofLiteral(namespace.here());
        return new Site(new Firefox(namespace, directory), new EmptyPage(here), here, List.of(namespace));
    }

    @Override
    public void close() {
        browser.close();
        page.close();
        network.forEach(Namespace::close);
    }

    @Override
    public String toString() {
        return browser.getClass().getSimpleName();
    }
}
