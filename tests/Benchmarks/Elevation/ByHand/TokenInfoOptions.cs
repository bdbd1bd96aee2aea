using Microsoft.AspNetCore.Authentication;

namespace Benchmarks.Elevation.ByHand;

public sealed class TokenInfoOptions : AuthenticationSchemeOptions
{
    public string? ClientId { get; set; }
}
