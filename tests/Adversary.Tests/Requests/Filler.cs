using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Adversary.Tests.Requests;

/// <summary>Fills in the places of requests that differ from run to run.</summary>
internal sealed partial class Filler(Func<string, string, string?> credential)
{
    /// <summary>The prefix of each value that only its sender may see.</summary>
    public const string Canary = "cnry-";

    /// <summary>A value of an earlier answer, which is filled in when it is there.</summary>
    public const string Connection = "{{connection}}";

    public static string NewMarker() => "mk" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The request as it is sent.</summary>
    /// <param name="shot">What is sent.</param>
    /// <param name="marker">What the request calls itself.</param>
    /// <param name="host">The site's host and port.</param>
    public Shot Fill(Shot shot, string marker, string host)
    {
        string Fill(string text, int length) => Place().Replace(text, place => place.Groups[1].Value switch
        {
            "marker" => marker,
            "host" => host,
            "length" => length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "private" => Canary + marker,
            "connection" => Connection,
            var kind => credential(kind, place.Groups[2].Value) ?? throw new FormatException($"There is no {place.Value}."),
        });

        var body = Fill(shot.Body, 0);
        var bytes = Encoding.Latin1.GetByteCount(body);
        return shot with
        {
            Method = Fill(shot.Method, bytes),
            Target = Fill(shot.Target, bytes),
            Fields = [.. shot.Fields.Select(field => field with { Name = Fill(field.Name, bytes), Value = Fill(field.Value, bytes) })],
            Body = body,
        };
    }

    [GeneratedRegex(@"\{\{([a-z-]+)(?::([a-z0-9-]+))?\}\}")]
    private static partial Regex Place();
}
