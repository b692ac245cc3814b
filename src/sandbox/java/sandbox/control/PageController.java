package sandbox.control;

import java.util.concurrent.TimeUnit;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page of phones with its assets, and the listings' pictures.
 */
@RestController
class PageController {

	@GetMapping({ "/sandbox", "/sandbox/" })
	ResponseEntity<Resource> page() {
		Resource page = new ClassPathResource("static/sandbox/index.html");
		if (!page.exists()) {
			throw new Problem(HttpStatus.NOT_FOUND,
					"The page has not been built; the interface under /sandbox/api works without it");
		}
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_HTML)
			.cacheControl(CacheControl.noCache())
			.body(page);
	}

	@GetMapping("/sandbox/images/{name:[A-Za-z0-9_-]+\\.jpg}")
	ResponseEntity<Resource> image(@PathVariable String name) {
		Resource image = new ClassPathResource("sandbox/images/" + name);
		if (!image.exists()) {
			throw Problem.missing("There is no picture '%s'; GET /sandbox/api/images lists all", name);
		}
		return ResponseEntity.ok()
			.contentType(MediaType.IMAGE_JPEG)
			.cacheControl(CacheControl.maxAge(1, TimeUnit.HOURS))
			.body(image);
	}

}
