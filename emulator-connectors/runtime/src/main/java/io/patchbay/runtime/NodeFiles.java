package io.patchbay.runtime;

import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.file.Path;

/** What {@link EmulatedNode#copyFilesTo} is made of. */
public final class NodeFiles {
  private NodeFiles() {}

  /**
   * @return the destination as one of the kind that the source is of
   * @throws LabException (CONFLICT) if it is another one
   */
  public static <T extends EmulatedNode> T sameKind(Class<T> kind, EmulatedNode destination) {
    if (!kind.isInstance(destination)) {
      throw LabException.conflict("Files are copied between nodes of one kind only");
    }
    return kind.cast(destination);
  }

  /**
   * Copies all files of a node.
   *
   * @throws LabException (CONFLICT) if that cannot be done; what was copied before stays
   */
  public static void copy(Path from, Path to) {
    try {
      DirectoryTree.copy(from, to);
    } catch (IOException e) {
      throw LabException.conflict("The node's files cannot be copied: " + e.getMessage());
    }
  }
}
