package io.patchbay.controller.picture;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SvgCheckTest {

  /** What the desktop program, the web UI and drawing programs make. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg></svg>",
        "<svg height=\"210\" width=\"500\"><line x1=\"0\" y1=\"0\" x2=\"200\" y2=\"200\""
            + " style=\"stroke:rgb(255,0,0);stroke-width:2\" /></svg>",
        "<svg height=\"20\" width=\"40\"><text fill=\"#000000\" fill-opacity=\"1.0\""
            + " font-family=\"TypeWriter\" font-size=\"10\">R&amp;D &lt;script&gt;"
            + " on=1</text></svg>",
        "<svg><ellipse cx=\"100\" cy=\"100\" fill=\"#ffffff\" rx=\"100\" ry=\"100\""
            + " stroke-dasharray=\"25, 25\" /><rect/></svg>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">"
            + "<image xlink:href=\"data:image/png;base64,iVBORw0KGgo=\" width=\"1\"/></svg>",
        "<svg><image xlink:href=\"data:image/jpeg;base64,/9j/\n4AAQ\"/></svg>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\""
            + " \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
        "<svg><style>text { font: bold 12px sans-serif; fill: url(#g) }</style>"
            + "<use href=\"#a\"/></svg>",
        "<svg><metadata><cc:Work rdf:about=\"\"/></metadata></svg>"
      })
  void passivePicturesAreLetThrough(String svg) {
    assertDoesNotThrow(() -> SvgCheck.require(svg));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg><script>alert(1)</script></svg>",
        "<svg><SCRIPT/></svg>",
        "<x:svg xmlns:x=\"http://www.w3.org/2000/svg\"><x:script/></x:svg>",
        "<svg onload=\"alert(1)\"/>",
        "<svg><rect ONCLICK=\"x\"/></svg>",
        "<svg><foreignObject><body/></foreignObject></svg>",
        "<svg xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:img src=\"#\"/></svg>",
        "<svg><a href=\"javascript:alert(1)\">x</a></svg>",
        "<svg><a xlink:href=\"java&#10;script:alert(1)\">x</a></svg>",
        "<svg><image href=\"http://evil.example/x.png\"/></svg>",
        "<svg><image href=\"//evil.example/x.png\"/></svg>",
        "<svg><image href=\"file:///etc/passwd\"/></svg>",
        "<svg><use href=\"data:image/svg+xml;base64,PHN2Zy8+#x\"/></svg>",
        "<svg><a href=\"data:text/html,x\">x</a></svg>",
        "<svg><rect fill=\"url(http://evil.example/x)\"/></svg>",
        "<svg><rect style=\"background: u\\72l(http://evil.example/x)\"/></svg>",
        "<svg><style>@import 'http://evil.example/x.css';</style></svg>",
        "<svg><style><![CDATA[@im\\70ort 'x.css';]]></style></svg>",
        "<svg><set attributeName=\"href\" to=\"x\"/></svg>",
        "<svg><animate attributeName=\"xlink:href\" values=\"x\"/></svg>",
        "<svg xml:base=\"http://evil.example/\"/>",
        "<?xml-stylesheet href=\"http://evil.example/x.css\"?><svg/>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>",
        "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><svg>&c;</svg>",
        "<svg>&nbsp;</svg>",
        "<svg>",
        "no svg at all",
        ""
      })
  void everythingElseIsRefused(String svg) {
    LabException refused = assertThrows(LabException.class, () -> SvgCheck.require(svg));
    assertEquals(ErrorCode.INVALID, refused.code());
  }

  @Test
  void picturesInsidePicturesAreLookedAt() {
    assertDoesNotThrow(() -> SvgCheck.require(nested("<svg><rect/></svg>")));
    assertThrows(LabException.class, () -> SvgCheck.require(nested("<svg onload=\"x\"/>")));
  }

  private static String nested(String svg) {
    String base64 = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    return "<svg><image href=\"data:image/svg+xml;base64," + base64 + "\"/></svg>";
  }
}
