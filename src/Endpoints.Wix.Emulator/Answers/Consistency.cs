using System.Buffers.Text;
using System.Security.Cryptography;

namespace Endpoints.Wix.Emulator.Answers;

/// <summary>
/// Provides the value of <c>X-Wix-Consistent</c> in responses to writes, for later reads of the same caller. The emulator does not use it.
/// </summary>
internal static class Consistency
{
    public static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
