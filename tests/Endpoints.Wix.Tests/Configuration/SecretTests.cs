using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Endpoints.Wix.Tests.Hosting;

namespace Endpoints.Wix.Tests.Configuration;

public sealed class SecretTests
{
    private const string Canary = "canary-0123456789";

    public static TheoryData<object> Secrets => new(new WixSecret(Canary), new AccessToken(Canary));

    [Theory]
    [MemberData(nameof(Secrets))]
    public void S40_A_secret_does_not_print(object secret)
    {
        Assert.DoesNotContain(Canary, secret.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, $"{secret}", StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, new { secret }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, secret.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, StringComparison.Ordinal);
        Assert.All(
            secret.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance),
            static property => Assert.Fail($"{property} could be printed."));
        Assert.DoesNotContain(secret.GetType().GetMethods(BindingFlags.Public | BindingFlags.Static),
            static method => method.Name.StartsWith("op_", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void S40_A_secret_is_not_written_as_JSON(object secret)
    {
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(secret));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new { Inner = new[] { secret } }));
    }

    [Fact]
    public void S43_Equality_is_by_value()
    {
        Assert.Equal(new WixSecret("abc"), new WixSecret("abc"));
        Assert.NotEqual(new WixSecret("abc"), new WixSecret("abd"));
        Assert.NotEqual(new WixSecret("abc"), new WixSecret("abcd"));
        Assert.Equal(new AccessToken("abc"), new AccessToken("abc"));
        Assert.False(new AccessToken("abc").Equals(null));
    }

    [Fact]
    public void S43_Secrets_are_revealed_where_they_are_sent_and_compared_nowhere()
    {
        string[] sources =
            [Path.Combine(Repository.Root, "src", "Endpoints.Wix"), Path.Combine(Repository.Root, "src", "Endpoints.Wix.Client")];
        var files = sources.SelectMany(static source => Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
            .Where(static file =>
                !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(static file =>
                (Name: Path.GetFileName(file),
                    Lines: File.ReadLines(file).Where(static line => line.Contains(".Reveal()", StringComparison.Ordinal)).ToList()))
            .Where(static file => file.Lines.Count > 0)
            .ToList();

        Assert.NotEmpty(files);
        Assert.All(files.SelectMany(static file => file.Lines), static line =>
        {
            Assert.DoesNotContain("==", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Equals", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Log", line, StringComparison.Ordinal);
        });
    }
}
