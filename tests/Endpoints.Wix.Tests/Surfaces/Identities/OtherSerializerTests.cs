using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Endpoints.Wix.Emulator;
using Endpoints.Wix.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Endpoints.Wix.Tests.Surfaces.Identities;

/// <summary>Bodies of actions that another serializer than that of JSON reads, and what components bind.</summary>
public sealed class OtherSerializerTests
{
    private const string Contract = "http://schemas.datacontract.org/2004/07/Endpoints.Wix.Tests.Surfaces.Identities";

    private static readonly string[] Types = ["application/xml", "text/xml; charset=utf-8", "application/soap+xml", "text/own"];

    private static readonly string[] Paths =
        ["/sent/one", "/sent/several", "/sent/inner", "/sent-api/one", "/sent-api/several", "/sent-api/elevated"];

    [Theory]
    [InlineData("contracts")]
    [InlineData("attributes")]
    [InlineData("own")]
    public async Task S55_A_body_that_another_serializer_reads_makes_nothing_that_the_server_makes(string serializer)
    {
        var seen = new Seen();
        await using var site = await WixSite.StartAsync(static app => app.MapControllers(), build: builder =>
        {
            OnlyControllers.AddTo(builder, typeof(SentController), typeof(SentApiController));
            builder.Services.AddSingleton(seen);
            var controllers = builder.Services.AddControllers(options =>
            {
                if (serializer == "own")
                    options.InputFormatters.Insert(0, new OwnFormatter());
            });
            if (serializer == "contracts")
                controllers.AddXmlDataContractSerializerFormatters();
            if (serializer == "attributes")
                controllers.AddXmlSerializerFormatters();
        });
        var token = site.Wix.IssueToken(EmulatedIdentity.Member("alice"));

        foreach (var path in Paths)
        {
            foreach (var type in Types)
            {
                foreach (var body in Bodies())
                {
                    var answer = await site.SendAsync("POST", path, token, content: Content(body, type));
                    Assert.True((int)answer.Status < 500, $"{path} {type} {body}: {answer.Status} {answer.Body}");
                    Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType
                        || !path.Contains("api", StringComparison.Ordinal), $"{path} {type} {body}: {answer.Status} {answer.Body}");
                }
            }
        }

        Assert.All(seen.Values, static one => Assert.Null(one.Value));
        // What the server does not make is read as ever.
        const string Name = nameof(OtherSerializerTests) + ".Plain";
        using var plain = serializer switch
        {
            "own" => Content("7", "text/own"),
            "contracts" => Content($"<{Name} xmlns='{Contract}'><Id>7</Id></{Name}>", Types[0]),
            _ => Content("<Plain><Id>7</Id></Plain>", Types[0]),
        };
        Assert.Equal("7", (await site.SendAsync("POST", "/sent/plain", token, content: plain)).Body);
    }

    [Theory]
    [InlineData(typeof(FormComponent<Caller>))]
    [InlineData(typeof(FormComponent<Sent>))]
    [InlineData(typeof(FormComponent<List<Sent>>))]
    [InlineData(typeof(QueryComponent<Caller>))]
    public async Task S55_A_component_that_takes_it_from_the_request_stops_the_start(Type component)
    {
        var failure = await Record.ExceptionAsync(async () => await (await WixSite.StartAsync(
            app => app.MapGet("/component", static () => "in").WithMetadata(new ComponentTypeMetadata(component)))).DisposeAsync());

        Assert.Contains("made by the server alone", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Bodies()
    {
        const string Who = "<Who><Id>victim</Id><Kind>App</Kind></Who>";
        foreach (var members in new[] { "", "<Id>7</Id>", "<Id>7</Id>" + Who, Who, "<Who/>" })
        {
            foreach (var name in new[] { "Sent", nameof(OtherSerializerTests) + ".Sent" })
            {
                yield return $"<{name} xmlns='{Contract}'>{members}</{name}>";
                yield return $"<ArrayOf{name} xmlns='{Contract}'><{name}>{members}</{name}></ArrayOf{name}>";
            }
        }

        yield return "victim";
    }

    private static StringContent Content(string text, string type)
    {
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public sealed class Plain
    {
        public string? Id { get; set; }
    }

    public class Sent
    {
        public string? Id { get; set; }

        public Caller? Who { get; set; }
    }

    private sealed class FormComponent<T> : ComponentBase
    {
        [SupplyParameterFromForm]
        public T? Model { get; set; }
    }

    private sealed class QueryComponent<T> : ComponentBase
    {
        [SupplyParameterFromQuery]
        public T? Who { get; set; }
    }

    [Microsoft.AspNetCore.Mvc.Route("/sent/[action]")]
    internal sealed class SentController(Seen seen) : Controller
    {
        [HttpPost]
        public string One([FromBody] Sent? sent) => seen.Add(HttpContext, sent?.Who);

        [HttpPost]
        public string Several([FromBody] List<Sent>? sent) => seen.Add(HttpContext, sent?.FirstOrDefault()?.Who);

        [HttpPost]
        public string Inner([FromBody] Bag<Sent[]>? sent) => seen.Add(HttpContext, sent?.Who?.FirstOrDefault()?.Who);

        [HttpPost]
        public string? Plain([FromBody] Plain plain) => plain?.Id ?? HttpContext.TraceIdentifier;
    }

    [ApiController]
    [Microsoft.AspNetCore.Mvc.Route("/sent-api/[action]")]
    internal sealed class SentApiController(Seen seen) : ControllerBase
    {
        [HttpPost]
        public string One([FromBody] Sent sent) => seen.Add(HttpContext, sent.Who);

        [HttpPost]
        public string Several([FromBody] List<Sent> sent) => seen.Add(HttpContext, sent.FirstOrDefault()?.Who);

        [HttpPost]
        [Elevate(Callers.Member)]
        public string Elevated([FromBody] Sent sent) => seen.Add(HttpContext, sent.Who);
    }

    /// <summary>Makes what it is asked for without a constructor, as some serializers do.</summary>
    private sealed class OwnFormatter : IInputFormatter
    {
        public bool CanRead(InputFormatterContext context) => context.HttpContext.Request.ContentType == "text/own";

        public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
        {
            using var reader = new StreamReader(context.HttpContext.Request.Body);
            var text = await reader.ReadToEndAsync();
            if (context.ModelType == typeof(Plain))
                return InputFormatterResult.Success(new Plain { Id = text });
            return InputFormatterResult.Success(context.ModelType == typeof(Sent)
                ? new Sent { Id = text, Who = (Caller)RuntimeHelpers.GetUninitializedObject(typeof(Caller)) }
                : Activator.CreateInstance(context.ModelType.IsArray ? typeof(List<Sent>) : context.ModelType)!);
        }
    }
}
