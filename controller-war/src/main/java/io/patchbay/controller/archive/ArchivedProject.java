package io.patchbay.controller.archive;

import io.patchbay.controller.project.TopologyFile;
import io.patchbay.controller.zip.ExtractionBudget;
import io.patchbay.controller.zip.ZipExtractor;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** A project as it comes out of an archive. */
public final class ArchivedProject {
  private ArchivedProject() {}

  /**
   * Unpacks an archive that a stranger may have made and reads its project file, which is brought
   * to the present revision.
   *
   * @param tree an empty directory that can be thrown away
   * @throws LabException (CONFLICT) if it is no archive of a project or may do harm
   */
  public static JsonObject unpack(Path archive, Path tree) {
    return unpack(archive, tree, bytes -> {});
  }

  static JsonObject unpack(Path archive, Path tree, LongConsumer progress) {
    try {
      ExtractionBudget budget = ExtractionBudget.forArchive(archive, tree);
      new ZipExtractor(tree, budget, progress).extract(archive);
    } catch (IOException e) {
      throw LabException.conflict("The archive cannot be read: " + e.getMessage());
    }
    return read(tree);
  }

  /** Reads the project file of an unpacked archive. */
  static JsonObject read(Path tree) {
    Path path = tree.resolve(ArchivePlan.PROJECT_FILE);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw LabException.conflict("This is no project: it has no project.gns3");
    }
    try {
      JsonObject file = TopologyFile.read(path);
      requireShape(file.getJsonObject("topology"));
      return file;
    } catch (IOException | ClassCastException | NullPointerException damaged) {
      throw LabException.conflict("This is no project: its project.gns3 is damaged");
    }
  }

  /** What later steps rely on. */
  private static void requireShape(JsonObject topology) {
    for (String part : List.of("nodes", "links", "drawings")) {
      for (JsonObject one : topology.getJsonArray(part).getValuesAs(JsonObject.class)) {
        if (part.equals("nodes")) {
          one.getString("node_type");
        } else if (part.equals("links")) {
          one.getJsonArray("nodes").getValuesAs(JsonObject.class).forEach(JsonObject::size);
        } else {
          one.size();
        }
      }
    }
  }
}
