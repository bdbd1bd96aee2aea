using System.Net;
using System.Text;
using Endpoints.Tests.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Endpoints.Tests.Problems;

/// <summary>
/// Bodies that end otherwise than they should, read by the handler itself: the client's mistake, and no error of the application.
/// </summary>
public sealed class BrokenBodyTests
{
    private static readonly FileRoute[] Table =
        [Routes.File("/api/reads", typeof(Reads)), Routes.File("/api/broken/[kind]", typeof(Broken))];

    [Theory]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("-1\r\n\r\n")]
    [InlineData("x\r\n\r\n")]
    public async Task A_chunk_without_a_possible_size_is_refused(string chunks)
    {
        await using var site = await Site.StartAsync(Table);
        var request = $"POST /api/reads HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}";

        var answer = await RawRequest.SendAsync(site.Address, Encoding.ASCII.GetBytes(request));

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain(site.Log.Records, static record => record.Level >= LogLevel.Error);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("aborted")]
    [InlineData("stream")]
    public async Task A_connection_that_breaks_before_the_request_is_aborted_is_no_error(string kind)
    {
        await using var site = await Site.StartAsync(Table);

        using var answer = await site.SendAsync("GET", "/api/broken/" + kind);

        Assert.Equal((HttpStatusCode)499, answer.StatusCode);
        Assert.DoesNotContain(site.Log.Records, static record => record.Level >= LogLevel.Error);
    }

    public static class Reads
    {
        public static async Task<string> Post(Stream body, CancellationToken ct)
        {
            await body.CopyToAsync(Stream.Null, ct);
            return "read";
        }
    }

    /// <summary>Fails as the server does.</summary>
    public static class Broken
    {
        public static string Get(string kind) => throw (kind switch
        {
            "reset" => new ConnectionResetException("reset"),
            "aborted" => new ConnectionAbortedException("aborted"),
            _ => new IOException("The request stream was aborted.", new ConnectionAbortedException("faulted")),
        });
    }
}
