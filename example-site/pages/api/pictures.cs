using Endpoints.Wix;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

/// <summary>
/// Visitors' pictures: GET lists the latest, POST adds the one that is the body. The site's media and the collection are the app's;
/// visitors could use neither.
/// </summary>
[Elevate(
    Callers.Visitor | Callers.Member,
    RateLimit = "10/1m",
    Only = ["POST /site-media/v1/files/generate-upload-url", "POST /wix-data/v2/items", "POST /wix-data/v2/items/query"])]
[RequestSizeLimit(Largest)]
public static class Pictures
{
    private const int Largest = 2 * 1024 * 1024;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/png"] = "png", ["image/jpeg"] = "jpg", ["image/webp"] = "webp",
    };

    public static async Task<IEnumerable<Picture>> Get(ElevatedWixClient wix, CancellationToken cancellationToken)
    {
        var page = await wix.Data.Items.Query("Pictures").Descending("_createdDate").Limit(20).ConsistentRead()
            .FindAsync(cancellationToken);
        return page.Items.Select(static item => new Picture(item.Id, item.Text("url")));
    }

    public static async Task<Results<Created<Picture>, ProblemHttpResult>> Post(HttpRequest request, ElevatedWixClient wix,
        CancellationToken cancellationToken)
    {
        if (request.ContentType is not { } type || !Types.TryGetValue(type, out var ending))
            return TypedResults.Problem("Send a PNG, JPEG or WebP picture as the body.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        var file = await wix.Media.Files.UploadAsync(request.Body, $"visitor.{ending}", type, new() { MaxLength = Largest },
            cancellationToken);
        var item = await wix.Data.Items.InsertAsync("Pictures", new DataItem().Set("url", file.Url).Set("file", file.Id),
            cancellationToken);
        return TypedResults.Created((string?)null, new Picture(item.Id, item.Text("url")));
    }

    public sealed record Picture(string? Id, string? Url);
}
