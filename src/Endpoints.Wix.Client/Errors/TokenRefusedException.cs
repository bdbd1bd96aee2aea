namespace Endpoints.Wix.Errors;

/// <summary>The token endpoint refused a grant for good: the credentials, the instance or the refresh token are not accepted.</summary>
/// <param name="status">The HTTP status.</param>
internal sealed class TokenRefusedException(int status) : Exception($"Wix's token endpoint refused the grant with {status}.")
{
    public int Status { get; } = status;
}
