// The registry of the desk's images. It comes before everything else: the desk cannot be made without its image.

@description('The registry\'s name, unlike any other in the world: letters and digits.')
@minLength(5)
@maxLength(50)
param registryName string

param location string = resourceGroup().location

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: registryName
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
  }
}

output loginServer string = registry.properties.loginServer
