using System.Text;
using Microsoft.AspNetCore.Http;

namespace Endpoints.Handlers;

/// <summary>Represents the result of <see cref="ApiContext.Redirect"/>.</summary>
internal sealed class RedirectAnswer : IResult, IStatusCodeHttpResult
{
    private readonly string _location;
    private readonly int _status;

    public RedirectAnswer(string path, int status)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        if (path.Any(char.IsControl))
            throw new ArgumentException("The path of a redirect can't contain line breaks or other control characters.", nameof(path));
        _location = Encode(path);
        _status = status;
    }

    public int? StatusCode => _status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = _status;
        httpContext.Response.Headers.Location = _location;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Percent-encodes characters that a header can't contain. Everything else is unchanged, because it may be encoded already.
    /// </summary>
    private static string Encode(string path)
    {
        if (path.All(static c => c is > ' ' and <= '~'))
            return path;

        var encoded = new StringBuilder();
        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~')
                encoded.Append((char)rune.Value);
            else
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }
        return encoded.ToString();
    }
}
