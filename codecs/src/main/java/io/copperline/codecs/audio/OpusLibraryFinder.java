package io.copperline.codecs.audio;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Looks for libopus where {@link Opus#load} says. */
final class OpusLibraryFinder {
    private static final String SYSTEM_NAME = "libopus.so.0";
    private static final String REMEDY =
            "; install libopus (Debian, Ubuntu: apt-get install libopus0; Fedora: dnf install opus) or name its file in the"
                    + " configuration";

    private OpusLibraryFinder() {}

    static OpusLibrary find(Optional<Path> configured) {
        if (configured.isPresent()) {
            return configured(configured.get());
        }
        try {
            return OpusLibrary.of(SymbolLookup.libraryLookup(SYSTEM_NAME, Arena.global()));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return packed();
        }
    }

    private static OpusLibrary configured(Path file) {
        try {
            return OpusLibrary.of(SymbolLookup.libraryLookup(file, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new OpusMissing("cannot load " + file + REMEDY, e);
        } catch (NoSuchElementException e) {
            throw new OpusMissing(file + " is not libopus" + REMEDY, e);
        }
    }

    /** The natives of org.lwjgl:lwjgl-opus, whose Java part is not used. */
    static OpusLibrary packed() {
        String resource = "/linux/" + architecture() + "/org/lwjgl/opus/libopus.so";
        try (InputStream in = Opus.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new OpusMissing("no " + SYSTEM_NAME + " on this system and none packed for it" + REMEDY, null);
            }
            Path file = Files.createTempFile("copperline-", "-libopus.so");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return OpusLibrary.of(SymbolLookup.libraryLookup(file, Arena.global()));
            } finally {
                // Once loaded, the file is no longer needed.
                Files.delete(file);
            }
        } catch (IOException | IllegalArgumentException | NoSuchElementException e) {
            throw new OpusMissing(
                    "no " + SYSTEM_NAME + " on this system, and the packed one does not load" + REMEDY, e);
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    }
}
