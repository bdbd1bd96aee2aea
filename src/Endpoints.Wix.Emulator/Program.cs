return await Endpoints.Wix.Emulator.WixEmulatorCommand.RunAsync(args).ConfigureAwait(false);
