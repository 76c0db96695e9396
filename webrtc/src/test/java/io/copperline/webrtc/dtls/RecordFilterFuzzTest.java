package io.copperline.webrtc.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes are safe, nothing is added, and filtering what has passed changes nothing. */
class RecordFilterFuzzTest {
    @FuzzTest
    void anyBytes(byte[] bytes) {
        for (DtlsRole role : DtlsRole.values()) {
            byte[] passed = new RecordFilter(role).filter(bytes, 0, bytes.length);
            if (passed.length > bytes.length) {
                throw new IllegalStateException("grew");
            }
            byte[] again = new RecordFilter(DtlsRole.CLIENT).filter(passed, 0, passed.length);
            if (again.length != passed.length) {
                throw new IllegalStateException("what passed once does not pass again");
            }
        }
    }
}
