package io.patchbay.runtime;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How nodes of IOU are run.
 *
 * @param licence the licence file (iourc) that counts before all others
 * @param checksLicence whether a start that asks for it is refused without a licence
 */
public record IouConfig(Optional<Path> licence, boolean checksLicence) {}
