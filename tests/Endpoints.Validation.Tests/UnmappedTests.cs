using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Endpoints.Validation.Tests;

public class UnmappedTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Files_that_nobody_maps_are_a_warning_at_the_start(bool mapped, int warnings)
    {
        var log = new Warnings();
        var builder =
            WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(UnmappedTests).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddFileRoutes();
        await using var app = builder.Build();
        if (mapped)
            app.MapFileRoutes();

        await app.StartAsync();

        Assert.Equal(warnings,
            log.Texts.Count(
                static text => text.Contains("pages/", StringComparison.Ordinal)
                    && text.Contains("Call app.MapFileRoutes()", StringComparison.Ordinal)));
    }

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public List<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
