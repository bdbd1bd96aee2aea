using System.Reflection;
using System.Text.Json;
using Endpoints.CompilerServices;
using Endpoints.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Validation;

/// <summary>Validates a handler's arguments before it runs. An endpoint whose arguments have no validators gets no filter.</summary>
/// <param name="arguments">The arguments to validate.</param>
/// <param name="json">The JSON options, for naming.</param>
/// <param name="next">The delegate that runs if everything is valid.</param>
/// <param name="statusTellsBinding">
/// <see langword="true"/> if an error status indicates that binding has failed; <see langword="false"/> if the status was there before,
/// because an error page validates like any other endpoint.
/// </param>
internal sealed class ValidationFilter(
    IReadOnlyList<ValidatedArgument> arguments, JsonSerializerOptions json, EndpointFilterDelegate next, bool statusTellsBinding = false)
{
    /// <summary>Adds validation to an endpoint. Further calls have no effect.</summary>
    public static void AddTo(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<Marker>().Any())
            return;
        Add(endpoint, (context, next) =>
        {
            var (arguments, json) = Plan(endpoint, context.ApplicationServices, context.MethodInfo);
            return arguments.Count == 0
                ? next : new ValidationFilter(arguments, json, next,
                    statusTellsBinding: !endpoint.Metadata.OfType<FileRoute>().Any()).InvokeAsync;
        });
    }

    /// <summary>
    /// Adds validation to an endpoint whose metadata is complete except for conventions. If there is nothing to validate, no filter factory
    /// is added.
    /// </summary>
    public static void AddTo(EndpointBuilder endpoint, MethodInfo handler)
    {
        if (endpoint.Metadata.OfType<Marker>().Any())
            return;
        var (arguments, json) = Plan(endpoint, endpoint.ApplicationServices, handler);
        Add(endpoint, arguments.Count == 0 ? null : (_, next) => new ValidationFilter(arguments, json, next).InvokeAsync);
    }

    /// <summary>Removes validation from an endpoint's filters, so that the caller can insert it elsewhere.</summary>
    /// <returns>The filter, or null if the endpoint has none.</returns>
    public static Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>? TakeFrom(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<Marker>().FirstOrDefault() is { Filter: { } filter } && endpoint.FilterFactories.Remove(filter)
            ? filter : null;

    private static void Add(EndpointBuilder endpoint,
        Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>? filter)
    {
        endpoint.Metadata.Add(new Marker(filter));
        if (filter is not null)
            endpoint.FilterFactories.Add(filter);
    }

    private static (IReadOnlyList<ValidatedArgument> Arguments, JsonSerializerOptions Json) Plan(EndpointBuilder endpoint,
        IServiceProvider services, MethodInfo handler)
    {
        var json = services.GetService<IOptions<JsonOptions>>()?.Value.SerializerOptions ?? JsonSerializerOptions.Web;
        var parameters = (endpoint as RouteEndpointBuilder)?.RoutePattern.Parameters.Select(static parameter => parameter.Name).ToArray()
            ?? [];
        var arguments = new ValidatedArgumentsBuilder(services, json, endpoint.Metadata, parameters).For(handler);
        if (arguments.Any(static argument => argument.IsValidated))
        {
            endpoint.Metadata.Add(new ValidationDescription([.. arguments.Where(static argument => argument.IsValidated)]));
            endpoint.Metadata.Add(
                new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(HttpValidationProblemDetails),
                    ["application/problem+json"]));
        }
        return (arguments, json);
    }

    /// <summary>Validates the arguments of a call.</summary>
    /// <returns>A task that returns the result of <c>next</c> for valid arguments; otherwise, a <see cref="ProblemResult"/>.</returns>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext call)
    {
        // Binding has failed and said so; what it left in the arguments is not the client's.
        if (statusTellsBinding && call.HttpContext.Response.StatusCode >= StatusCodes.Status400BadRequest)
            return next(call);

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Missing(call) is { } missing)
                return new(new ProblemResult(RequestProblems.Missing(missing)));
            var run = arguments[i].ValidateAsync(call, null);
            if (!run.IsCompletedSuccessfully)
                return FinishAsync(call, run, i + 1);
            if (run.Result is { } errors)
                return FinishAsync(call, new(errors), i + 1);
        }
        return next(call);
    }

    private async ValueTask<object?> FinishAsync(EndpointFilterInvocationContext call, ValueTask<ErrorList?> run, int from)
    {
        var errors = await run.ConfigureAwait(false);
        for (var i = from; i < arguments.Count && errors?.IsFull != true; i++)
        {
            if (arguments[i].Missing(call) is { } missing)
                return new ProblemResult(RequestProblems.Missing(missing));
            errors = await arguments[i].ValidateAsync(call, errors).ConfigureAwait(false);
        }

        return errors is null
            ? await next(call).ConfigureAwait(false)
            : new ProblemResult(errors.ToProblem(new ClientNames(call.HttpContext, json)));
    }

    private sealed class Marker(Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>? filter)
    {
        public Func<EndpointFilterFactoryContext, EndpointFilterDelegate, EndpointFilterDelegate>? Filter => filter;
    }
}
