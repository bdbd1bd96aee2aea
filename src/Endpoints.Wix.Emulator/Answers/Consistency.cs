using System.Buffers.Text;
using System.Security.Cryptography;

namespace Endpoints.Wix.Emulator.Answers;

/// <summary>The value that writes answer with as <c>X-Wix-Consistent</c>, for the same caller's later reads. It means nothing to the emulator.</summary>
internal static class Consistency
{
    public static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
