using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Endpoints.Wix.Options;

/// <summary>Reads the text of a public key, as Wix's dashboard shows it and as variables contain it.</summary>
internal static class PublicKeyText
{
    /// <summary>The maximum number of keys beside the first.</summary>
    public const int MaxFurther = 4;

    private const int SmallestKey = 2048;
    private const int LongestText = 16 * 1024;
    private const string Opening = "-----BEGIN ";

    /// <summary>Determines whether a text is one public RSA key, and nothing else.</summary>
    public static bool IsValid(string text)
    {
        if (!TryRead(text, out var key))
            return false;
        key.Dispose();
        return true;
    }

    /// <summary>Reads a public RSA key from PEM, whose line breaks may be written as <c>\n</c>, or from base64 of PEM.</summary>
    /// <remarks>A private key is refused: it would have to be kept secret, and none is needed.</remarks>
    public static bool TryRead(string text, [NotNullWhen(true)] out RSA? key)
    {
        key = null;
        if (text.Length > LongestText)
            return false;
        RSA? read = null;
        try
        {
            if (!text.Contains(Opening, StringComparison.Ordinal))
                text = Encoding.UTF8.GetString(Convert.FromBase64String(text));
            // A variable often holds the PEM in one line, its line breaks written as \n.
            text = text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
            var field = PemEncoding.Find(text);
            if (text[field.Label] is not ("PUBLIC KEY" or "RSA PUBLIC KEY")
                || text.IndexOf(Opening, field.Location.End.GetOffset(text.Length), StringComparison.Ordinal) >= 0)
                return false;
            read = RSA.Create();
            read.ImportFromPem(text);
            if (read.KeySize < SmallestKey)
                return false;
            (key, read) = (read, null);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CryptographicException)
        {
            return false;
        }
        finally
        {
            read?.Dispose();
        }
    }
}
