package io.copperline.webrtc.jsep;

import java.util.Optional;

/**
 * What the other side's description would come to. Nothing is changed by it yet.
 *
 * @param voice empty where no section carries audio
 * @param data the section that carries data channels
 */
public record Proposal(
        RemoteDescription remote, Agreement agreement, Optional<Voice> voice, Optional<RemoteSection> data) {}
