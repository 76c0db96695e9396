package io.copperline.codecs.audio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of one loaded libopus (opus.h). The handles take the function's address as their first argument, so that
 * they can be constants, which is what makes a call as cheap as in C.
 */
record OpusLibrary(
        MemorySegment version,
        MemorySegment encoderSize,
        MemorySegment encoderInit,
        MemorySegment encode,
        MemorySegment encoderCtl,
        MemorySegment decoderSize,
        MemorySegment decoderInit,
        MemorySegment decode,
        MemorySegment decoderCtl) {

    static final int OK = 0;
    static final int BAD_ARG = -1;
    static final int INVALID_PACKET = -4;
    static final int RESET_STATE = 4028;

    private static final Linker LINKER = Linker.nativeLinker();
    // The ctl functions are variadic behind the request.
    private static final Linker.Option CTL = Linker.Option.firstVariadicArg(2);

    static final MethodHandle VERSION = LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS));
    static final MethodHandle SIZE = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle ENCODER_INIT =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle DECODER_INIT =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle ENCODE =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle DECODE = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle CTL_SET =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), CTL);
    static final MethodHandle CTL_DO = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), CTL);

    /** Throws NoSuchElementException if this is no libopus. */
    static OpusLibrary of(SymbolLookup symbols) {
        return new OpusLibrary(
                symbols.findOrThrow("opus_get_version_string"),
                symbols.findOrThrow("opus_encoder_get_size"),
                symbols.findOrThrow("opus_encoder_init"),
                symbols.findOrThrow("opus_encode"),
                symbols.findOrThrow("opus_encoder_ctl"),
                symbols.findOrThrow("opus_decoder_get_size"),
                symbols.findOrThrow("opus_decoder_init"),
                symbols.findOrThrow("opus_decode"),
                symbols.findOrThrow("opus_decoder_ctl"));
    }

    /** A downcall throws nothing of its own: only an error of the virtual machine can come out of it. */
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            return e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(thrown);
    }

    static void check(int result, String what) {
        if (result != OK) {
            throw new IllegalStateException(what + ": libopus error " + result);
        }
    }
}
