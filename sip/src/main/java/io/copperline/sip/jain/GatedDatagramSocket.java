package io.copperline.sip.jain;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A UDP socket from which the stack reads no more than the gate lets through. */
final class GatedDatagramSocket extends DatagramSocket {
    private final DatagramGate gate;

    GatedDatagramSocket(InetSocketAddress at, DatagramGate gate) throws SocketException {
        super(at);
        this.gate = gate;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int room = packet.getLength();
        while (true) {
            packet.setLength(room);
            super.receive(packet);
            InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
            switch (gate.onDatagram(packet.getData(), packet.getOffset(), packet.getLength(), from)) {
                case DatagramGate.Fate.Heard _ -> {
                    return;
                }
                case DatagramGate.Fate.Dropped _ -> {}
                case DatagramGate.Fate.Answered answered -> answer(answered.response(), from);
            }
        }
    }

    private void answer(byte[] response, InetSocketAddress to) {
        try {
            send(new DatagramPacket(response, response.length, to));
        } catch (IOException e) {
            // Who sends us rubbish and cannot be reached need not be told.
        }
    }
}
