using System.Globalization;
using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Answers;
using Endpoints.Wix.Emulator.Happenings;
using Endpoints.Wix.Emulator.Hosting;
using Endpoints.Wix.Emulator.Platform;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Media;

/// <summary>
/// Serves the site's media: upload addresses, uploads and imports. Bytes are counted and discarded. Nothing is ever fetched.
/// </summary>
internal sealed class MediaEndpoints(TimeProvider time)
{
    private const long LargestUpload = 100L * 1024 * 1024;

    private readonly ExpiringStore<PendingUpload> _uploads = new(time, TimeSpan.FromHours(1));

    public IEnumerable<Operation> Operations =>
    [
        Ops.Write("POST /site-media/v1/files/generate-upload-url", Access.Restricted, "MEDIA.SITE_MEDIA_FILES_UPLOAD",
            (request, _) => GenerateUrl(request)),
        Ops.Write("POST /site-media/v1/files/import", Access.Restricted, "MEDIA.SITE_MEDIA_FILES_IMPORT", Import),
        new("PUT", "/_upload/{name}", Access.Open, null, UploadAsync) { RawBody = true },
    ];

    private Answer GenerateUrl(ApiRequest request)
    {
        var mimeType = request.Json["mimeType"].AsText() ?? throw ApiException.Violation("mimeType", "must not be empty");
        var name = _uploads.Add(new(request.Site, mimeType, request.Json["fileName"].AsText(), request.Json["parentFolderId"].AsText()));
        return Answer.Json(new JsonObject { ["uploadUrl"] = $"{request.Http.Request.Scheme}://{request.LocalAuthority}/_upload/{name}" });
    }

    private Answer Import(ApiRequest request, SiteData data)
    {
        var url = request.Json["url"].AsText() ?? throw ApiException.Violation("url", "must not be empty");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ApiException.Violation("url", "must be an http or https address", "FORMAT");
        var name = request.Json["displayName"].AsText() ?? Path.GetFileName(address.LocalPath);
        var file = Add(data, name, request.Json["mimeType"].AsText(), request.Json["parentFolderId"].AsText(), size: 0, "PENDING");
        if (request.Json["mediaType"].AsText() is { } mediaType)
            file["mediaType"] = mediaType;
        file["sourceUrl"] = url;
        return Answer.Json(new JsonObject { ["file"] = file.DeepClone() });
    }

    private async ValueTask<Answer> UploadAsync(ApiRequest request)
    {
        if (!_uploads.TryTake(request.RouteValue("name"), out var upload))
            return Answer.Error(404, "NOT_FOUND", "The upload address is unknown, used or expired.");
        if (request.Http.Request.ContentType is not { } contentType)
            return Answer.Violation("Content-Type", "must be sent");
        long size = 0;
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Http.Request.Body.ReadAsync(buffer, request.Http.RequestAborted).ConfigureAwait(false)) > 0)
        {
            size += read;
            if (size > LargestUpload)
                return Answer.Error(413, "PAYLOAD_TOO_LARGE", $"An upload may have {LargestUpload} bytes.");
        }

        var name = request.Query("filename") ?? upload.FileName ?? "file";
        var file = upload.Site.Data.Read(data => Add(data, name, contentType, upload.ParentFolderId, size, "READY").Copy());
        request.Raise(EmulatedEvent.Action(Entities.File, "file_ready", file["id"].AsText()!, new() { ["file"] = file.DeepClone() }),
            upload.Site);
        return Answer.Json(new JsonObject { ["file"] = file });
    }

    private JsonObject Add(SiteData data, string name, string? mimeType, string? folderId, long size, string status)
    {
        var id = $"{Guid.NewGuid():N}{Path.GetExtension(name)}";
        var now = Dates.Text(time.GetUtcNow());
        return data.Files.Put(id, new()
        {
            ["id"] = id,
            ["displayName"] = name,
            ["url"] = $"https://static.wixstatic.com/media/{Uri.EscapeDataString(id)}",
            ["parentFolderId"] = folderId ?? "media-root",
            ["sizeInBytes"] = size.ToString(CultureInfo.InvariantCulture),
            ["private"] = false,
            ["mediaType"] = MediaType(mimeType),
            ["operationStatus"] = status,
            ["state"] = "OK",
            ["createdDate"] = now,
            ["updatedDate"] = now,
        });
    }

    private static string MediaType(string? mimeType) => mimeType?.Split('/')[0] switch
    {
        "image" => "IMAGE",
        "video" => "VIDEO",
        "audio" => "AUDIO",
        null => "UNKNOWN",
        _ => "DOCUMENT",
    };

    private sealed record PendingUpload(EmulatedSite Site, string MimeType, string? FileName, string? ParentFolderId);
}
