using System.Security.Cryptography;
using System.Text;
using Endpoints.Wix.Tokens;

namespace Endpoints.Wix.Sharing;

/// <summary>Provides the keys under which the nodes share the app's tokens.</summary>
internal static class SharedTokenName
{
    private const string Prefix = "endpoints:wix:token:";

    /// <summary>Returns the key of a token.</summary>
    /// <param name="origin">Wix's address.</param>
    /// <param name="key">All that determines which token it is. No part has a line break in it.</param>
    public static string Of(string origin, TokenKey key) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', origin, key.ClientId, key.InstanceId, key.Identity, key.Scope))));
}
