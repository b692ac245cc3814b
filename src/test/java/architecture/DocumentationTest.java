package architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever uses a public type or method learns from its doc comment what it takes, gives
 * and refuses. Read from the sources with the compiler's own parser.
 */
class DocumentationTest {

	@Test
	@DisplayName("E1: every public type and method says what it is for")
	void isDocumented() {
		Findings findings = read(JavaSources.below(JavaSources.MAIN));
		assertThat(findings.types).as("public types that were looked at").isGreaterThan(50);
		assertThat(findings.methods).as("public methods that were looked at").isGreaterThan(100);
		assertThat(findings.undocumented).isEmpty();
	}

	@Test
	@DisplayName("E1: every package says what it is")
	void packagesAreDocumented() {
		Set<Path> packages = new TreeSet<>();
		JavaSources.below(JavaSources.MAIN).forEach((source) -> packages.add(Path.of(source.toUri()).getParent()));
		assertThat(packages).hasSizeGreaterThan(15);
		packages.removeIf((directory) -> directory.equals(JavaSources.MAIN.resolve("hub").toAbsolutePath()));
		assertThat(packages).allSatisfy((directory) -> {
			Path info = directory.resolve("package-info.java");
			assertThat(info).exists();
			assertThat(Files.readString(info)).startsWith("/**");
		});
	}

	@Test
	@DisplayName("O9: each line of the threat model names tests, and they are there")
	void threatsAreTested() throws IOException {
		Pattern named = Pattern.compile("`(\\w+)#(\\w+)`");
		List<String> threats = Files.readAllLines(Path.of("docs/security.md"))
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| threat"))
			.toList();
		assertThat(threats).hasSizeGreaterThan(20)
			.allSatisfy((line) -> assertThat(named.matcher(line).find()).isTrue());
		for (String threat : threats) {
			for (MatchResult test : named.matcher(threat).results().toList()) {
				assertThat(source(test.group(1))).as(test.group())
					.containsPattern("(?s)@(Test|ParameterizedTest)\\b.{1,3000}?\\bvoid " + test.group(2) + "\\(");
			}
		}
	}

	private static String source(String test) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
			Path found = files.filter((file) -> file.getFileName().toString().equals(test + ".java"))
				.findFirst()
				.orElseThrow(() -> new AssertionError("There is no " + test));
			return Files.readString(found);
		}
	}

	@Test
	@DisplayName("A type or method without a doc comment is found; getters, overrides and what is not public are not")
	void findsUndocumented() {
		Findings findings = read(JavaSources.of("""
				package sample;
				public class Rule {
					private final int count;
					public Rule(int count) { this.count = count; }
					public int count() { return this.count; }
					public Rule withCount(int count) { return new Rule(count); }
					public boolean isLarge() { return this.count > 10; }
					public int add(int more) { return this.count + more; }
					public void reset() { System.gc(); }
					public static Rule of(String text) { return new Rule(text.length()); }
					/** Says it. */
					public String say() { System.gc(); return "it"; }
					/* no doc comment */
					public String shout() { System.gc(); return "it"; }
					@Override
					public String toString() { System.gc(); return "it"; }
					void inside() { System.gc(); }
					public enum Size { SMALL }
					record Hidden(int a) { public int twice() { System.gc(); return 2; } }
				}
				interface Inside { void work(); }
				"""));
		assertThat(findings.undocumented).containsExactlyInAnyOrder("sample.Rule", "sample.Rule.add",
				"sample.Rule.reset", "sample.Rule.of", "sample.Rule.shout", "sample.Rule.Size");
		Findings contract = read(JavaSources.of("""
				package sample;
				/** A contract. */
				public interface Contract {
					void work();
					/** Rests. */
					void rest();
				}
				"""));
		assertThat(contract.undocumented).containsExactly("sample.Contract.work");
	}

	private static Findings read(List<JavaFileObject> sources) {
		return JavaSources.scan(sources, (task) -> new Findings(DocTrees.instance(task)));
	}

	/** Goes through types and methods, and into neither methods nor hidden types. */
	private static final class Findings extends TreePathScanner<Void, Void> {

		private final DocTrees docs;

		private final List<String> undocumented = new ArrayList<>();

		private int types;

		private int methods;

		private Findings(DocTrees docs) {
			this.docs = docs;
		}

		@Override
		public Void visitClass(ClassTree type, Void nothing) {
			if (isPublic(type.getModifiers().getFlags())) {
				this.types++;
				judge(name(getCurrentPath()));
				return super.visitClass(type, nothing);
			}
			return null;
		}

		@Override
		public Void visitMethod(MethodTree method, Void nothing) {
			boolean constructor = method.getReturnType() == null;
			if (isPublic(method.getModifiers().getFlags()) && !constructor) {
				this.methods++;
				if (!overrides(method) && !saysItself(method)) {
					judge(name(getCurrentPath().getParentPath()) + "." + method.getName());
				}
			}
			return null;
		}

		private boolean isPublic(Set<Modifier> modifiers) {
			Tree owner = getCurrentPath().getParentPath().getLeaf();
			return modifiers.contains(Modifier.PUBLIC)
					|| (owner.getKind() == Tree.Kind.INTERFACE && !modifiers.contains(Modifier.PRIVATE));
		}

		private static boolean overrides(MethodTree method) {
			return method.getModifiers()
				.getAnnotations()
				.stream()
				.anyMatch((annotation) -> annotation.getAnnotationType().toString().equals("Override"));
		}

		/** One that gets, sets or changes one part of its owner, and is called so. */
		private static boolean saysItself(MethodTree method) {
			if (method.getBody() == null || method.getBody().getStatements().size() != 1) {
				return false;
			}
			boolean returns = method.getBody().getStatements().get(0) instanceof ReturnTree;
			String name = method.getName().toString();
			List<? extends VariableTree> parameters = method.getParameters();
			return (parameters.isEmpty() && returns) || (name.startsWith("with") && returns)
					|| (parameters.size() == 1 && name.startsWith("set"));
		}

		private void judge(String name) {
			if (this.docs.getDocComment(getCurrentPath()) == null) {
				this.undocumented.add(name);
			}
		}

		private static String name(TreePath path) {
			StringBuilder name = new StringBuilder();
			for (TreePath at = path; at != null; at = at.getParentPath()) {
				if (at.getLeaf() instanceof ClassTree type) {
					name.insert(0, "." + type.getSimpleName());
				}
			}
			return path.getCompilationUnit().getPackageName() + name.toString();
		}

	}

}
