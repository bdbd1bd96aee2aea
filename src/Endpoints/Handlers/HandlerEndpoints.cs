using System.Reflection;
using Endpoints.CompilerServices;
using Endpoints.Conventions;
using Endpoints.Origins;
using Endpoints.Problems;
using Endpoints.Routing;
using Endpoints.Validation;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Handlers;

/// <summary>
/// Creates the endpoint of one handler method, with metadata, conventions and filters in the same order as in minimal APIs.
/// </summary>
/// <remarks>
/// From the outside in, a request passes the <see cref="FailureBoundary"/>, the <see cref="OriginCheck"/>, the conventions' wrappers of the
/// request delegate, binding, the filters and the handler.
/// </remarks>
internal sealed class HandlerEndpoints(IServiceProvider services)
{
    // Requests with these methods have no body to bind from, as in minimal APIs.
    private static readonly string[] WithoutBody = ["GET", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"];

    private readonly bool _checksOrigin = services.GetRequiredService<IOptions<FileRouteOptions>>().Value.CheckOrigin;
    private readonly FailureBoundary _boundary = services.GetRequiredService<FailureBoundary>();
    private readonly OriginCheck _origin = services.GetRequiredService<OriginCheck>();
    private readonly bool _hasSessions = services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ISessionStore));
    private readonly NearestAttributes _attributes = new();
    private readonly Dictionary<Type, Func<HttpContext, object>> _targets = [];

    public RouteEndpoint Create(FileRoute file, FileRouteMethod answer, FilePattern pattern, RouteGroupContext group)
    {
        var method = Method(file, answer);
        var isAll = answer.HttpMethod == FileRouteMethod.All;
        var handler = new LazyRequestDelegate();
        var builder = new RouteEndpointBuilder(handler.InvokeAsync, pattern.Shown, order: 0)
        {
            ApplicationServices = services,
            DisplayName = $"HTTP: {(isAll ? "*" : answer.HttpMethod)} {pattern.Shown.RawText} ({file.File})",
        };
        builder.Metadata.Add(method);
        if (!isAll)
            builder.Metadata.Add(new HttpMethodMetadata([answer.HttpMethod]));
        builder.Metadata.Add(file);
        builder.Metadata.Add(pattern);
        builder.Metadata.Add(new SuppressMatchingMetadata()); // the matcher knows the file by its FileNode
        foreach (var convention in group.Conventions)
            convention(builder);

        var binding = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = pattern.Route.Parameters,
            ThrowOnBadRequest = true, // the boundary makes a problem document of it
            DisableInferBodyFromParameters = !isAll && WithoutBody.Contains(answer.HttpMethod),
            EndpointBuilder = builder,
        };
        var inferred = Infer(file, method, binding);
        if (_checksOrigin && builder.Metadata.OfType<IAntiforgeryMetadata>().LastOrDefault() is { RequiresValidation: true })
            TurnAntiforgeryOff(builder);

        var attributes = _attributes.For(file, method);
        foreach (var attribute in attributes)
            builder.Metadata.Add(attribute);
        ValidationFilter.AddTo(builder, method);
        foreach (var convention in attributes.OfType<IEndpointConvention>().OrderBy(static convention => convention is ILastConvention))
            convention.Apply(builder);

        // Results that link to a route by name look for the one, the link generator for the other; WithName() gives both.
        if (builder.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault() is { } named
            && !builder.Metadata.OfType<IRouteNameMetadata>().Any())
            builder.Metadata.Add(new RouteNameMetadata(named.EndpointName));

        // Compiling is most of what an endpoint costs the start, and what can be wrong with the handler is known by now. Filters may still
        // find something wrong, so they are made at once.
        var target = method.IsStatic ? null : Target(file.Handler);
        handler.Make =
            () => Bound(RequestDelegateFactory.Create(method, target, binding, inferred).RequestDelegate, builder.Metadata, pattern);
        var answerer = builder.RequestDelegate; // the factory takes it off the builder
        if (builder.FilterFactories.Count > 0)
        {
            AddInnermost(builder.FilterFactories, CallAfterError.Filter);
            handler.MakeNow();
        }
        builder.RequestDelegate = answerer;
        foreach (var convention in group.FinallyConventions)
            convention(builder);

        var cors = builder.Metadata.OfType<ICorsMetadata>().LastOrDefault();
        var bindsBody = builder.Metadata.OfType<IAcceptsMetadata>().Any();
        builder.RequestDelegate = _boundary.Wrap(_origin.Wrap(Rewritable(builder, method), SafeRequest.AlwaysActs(builder.Metadata), cors),
            bindsBody);
        return (RouteEndpoint)builder.Build();
    }

    /// <exception cref="InvalidOperationException">
    /// The framework can't bind the handler's parameters. Its message names neither file nor method, so this one does.
    /// </exception>
    private RequestDelegateMetadataResult Infer(FileRoute file, MethodInfo method, RequestDelegateFactoryOptions binding)
    {
        RequestDelegateMetadataResult inferred;
        try
        {
            inferred = RequestDelegateFactory.InferMetadata(method, binding);
        }
        catch (InvalidOperationException e)
        {
            throw Unable(MissingServices.Mend(method, services) ?? e.Message, e);
        }

        // One service alone is taken for the body of a POST.
        if (binding.EndpointBuilder!.Metadata.OfType<IAcceptsMetadata>().Any() && MissingServices.Mend(method, services) is { } mend)
            throw Unable(mend);
        return inferred;

        InvalidOperationException Unable(string why, Exception? cause = null) =>
            new($"{file.File}: '{method.Name}' can't handle requests. {why}", cause);
    }

    /// <summary>Returns the delegate that binds and runs the handler, with the steps just before it.</summary>
    private static RequestDelegate Bound(RequestDelegate handler, IList<object> metadata, FilePattern pattern)
    {
        var empty = new EmptyValues(metadata, pattern.Route.Parameters);
        var bound = FormAhead.Of(handler, metadata, empty);
        return !empty.InQuery ? bound : context =>
        {
            empty.LeaveOutOfQuery(context);
            return bound(context);
        };
    }

    /// <summary>
    /// Returns the endpoint's request delegate with support for rewriting its requests and for being the target of a rewrite.
    /// </summary>
    private RequestDelegate Rewritable(EndpointBuilder builder, MethodInfo method)
    {
        var answer = RewoundBody.Keep(builder.RequestDelegate!, builder.Metadata, method);
        return _hasSessions ? RewriteFeatures.WithSession(answer) : answer;
    }

    /// <remarks>A grant stays the innermost filter, and does the same itself.</remarks>
    private static void AddInnermost(
        IList<Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>> filters,
        Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate> last)
    {
        filters.Add(last);
        if (!ReferenceEquals(filters[^1], last))
            filters.Remove(last);
    }

    /// <remarks>
    /// The origin check replaces antiforgery. This is a separate method so that the antiforgery assembly is loaded only for forms.
    /// </remarks>
    private static void TurnAntiforgeryOff(EndpointBuilder builder) =>
        builder.Metadata.Add(new RequireAntiforgeryTokenAttribute(required: false));

    private static MethodInfo Method(FileRoute file, FileRouteMethod answer)
    {
        MethodInfo? last = null; // those before it are inherited and hidden by it, or of before a hot-reload update
        foreach (var member in file.Handler.GetMember(answer.Name, MemberTypes.Method,
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy))
        {
            var method = (MethodInfo)member;
            if (last is null || IsLater(method, last))
                last = method;
        }
        return last
            ?? throw new InvalidOperationException(
                $"{file.File}: '{file.Handler}' has no public method '{answer.Name}'. Build the project that has the file again.");
    }

    private static bool IsLater(MethodInfo method, MethodInfo other) => method.DeclaringType == other.DeclaringType
        ? method.MetadataToken > other.MetadataToken
        : method.DeclaringType!.IsSubclassOf(other.DeclaringType!);

    private Func<HttpContext, object> Target(Type handler)
    {
        if (!_targets.TryGetValue(handler, out var target))
            _targets[handler] = target = HandlerTarget.For(handler);
        return target;
    }
}
