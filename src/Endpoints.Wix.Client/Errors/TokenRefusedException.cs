namespace Endpoints.Wix.Errors;

/// <summary>
/// Represents the token endpoint's final refusal of a grant: the credentials, the instance or the refresh token are not accepted.
/// </summary>
/// <param name="status">The HTTP status.</param>
internal sealed class TokenRefusedException(int status) : Exception($"Wix's token endpoint refused the grant with {status}.")
{
    public int Status { get; } = status;
}
